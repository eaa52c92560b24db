import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { encodeWindows31j } from '../base/windows-31j.ts';

export const ENCODINGS = ['utf-8', 'windows-31j'] as const;
export const QUOTINGS = ['minimal', 'all'] as const;
export const LINE_ENDS = ['lf', 'crlf'] as const;

/** How files are written. */
export interface Format {
  readonly encoding: (typeof ENCODINGS)[number];
  readonly quoting: (typeof QUOTINGS)[number];
  readonly lineEnd: (typeof LINE_ENDS)[number];
  readonly gzip: boolean;
}

const FLUSH_AT = 1 << 18;
const NOT_ASCII = /[^\0-\x7f]/;
const NEEDS_QUOTES = /[",\r\n]/;

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;

/** Writes rows as they come. They wait in memory until {@link drained} is awaited. */
export class CsvOutput {
  rows = 0;
  private readonly format: Format;
  private readonly lineEnd: string;
  private readonly target: Writable;
  private readonly done: Promise<void>;
  private waiting = '';

  constructor(path: string, header: readonly string[], format: Format) {
    this.format = format;
    this.lineEnd = format.lineEnd === 'crlf' ? '\r\n' : '\n';
    const file = createWriteStream(path);
    if (format.gzip) {
      const gzip = createGzip();
      this.target = gzip;
      this.done = pipeline(gzip, file);
    } else {
      this.target = file;
      this.done = finished(file);
    }
    // A failure is told where it is awaited, in drained and close.
    this.done.catch(() => undefined);
    this.line(header);
  }

  write(fields: readonly (string | number)[]): void {
    this.line(fields);
    this.rows++;
    if (this.waiting.length >= FLUSH_AT) this.flush();
  }

  /** Resolves when there is room for more. */
  async drained(): Promise<void> {
    if (this.target.writableNeedDrain) await Promise.race([once(this.target, 'drain'), this.done]);
  }

  async close(): Promise<void> {
    this.flush();
    this.target.end();
    await this.done;
  }

  /** Gives the file up. */
  abandon(): void {
    this.target.destroy();
  }

  private line(fields: readonly (string | number)[]): void {
    if (this.format.quoting === 'all') this.waiting += fields.map((field) => quote(String(field))).join(',');
    else this.waiting += fields.map(minimal).join(',');
    this.waiting += this.lineEnd;
  }

  private flush(): void {
    const text = this.waiting;
    this.waiting = '';
    if (!NOT_ASCII.test(text)) this.target.write(Buffer.from(text, 'latin1'));
    else this.target.write(this.format.encoding === 'utf-8' ? Buffer.from(text) : encodeWindows31j(text));
  }
}

const minimal = (field: string | number): string | number =>
  typeof field === 'string' && NEEDS_QUOTES.test(field) ? quote(field) : field;
