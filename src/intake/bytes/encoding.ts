import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Encoding } from './file.ts';

/**
 * Finds a file's encoding while it is read: plain ASCII says nothing, and the first bytes that are more decide. Where
 * later bytes contradict them, the whole file must be looked at again.
 */
export class EncodingGuess {
  encoding: Encoding | undefined;
  private readonly asked: Encoding | undefined;
  private decoder: TextDecoder | undefined;

  constructor(asked: Encoding | undefined) {
    this.asked = asked;
  }

  /** Whether these bytes, which end where a line does, are of one encoding with all before them. */
  takes(bytes: Uint8Array): boolean {
    if (isAscii(bytes)) return true;
    this.encoding ??= this.asked ?? (isUtf8(bytes) ? 'utf-8' : 'windows-31j');
    return this.encoding === 'utf-8' ? isUtf8(bytes) : isWindows31j(bytes);
  }

  textOf(bytes: Uint8Array): string {
    if (this.encoding === undefined) return ASCII.decode(bytes);
    this.decoder ??= new TextDecoder(this.encoding === 'utf-8' ? 'utf-8' : 'shift_jis', { ignoreBOM: true });
    return this.decoder.decode(bytes);
  }
}

const ASCII = new TextDecoder('utf-8', { ignoreBOM: true });

function isWindows31j(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
