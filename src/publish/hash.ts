import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal, of text as UTF-8. */
export const sha256 = (content: string): string => createHash('sha256').update(content, 'utf8').digest('hex');
