import { hash } from 'node:crypto';

/** SHA-256 in hexadecimal, of bytes, or of text as UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);
