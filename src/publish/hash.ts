import { hash } from 'node:crypto';

/** SHA-256 in hexadecimal, of text as UTF-8. */
export const sha256 = (content: string): string => hash('sha256', content);
