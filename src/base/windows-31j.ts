const FIRST_LEAD = 0x81;
const LAST_LEAD = 0xfc;
/** NEC's copies of IBM's characters: Windows reads them, and writes IBM's. */
const NEC_COPIES = [0xed, 0xee];
const NONE = 0xffff;

let known: Uint16Array | undefined;

/** For each UTF-16 unit its one or two bytes: what Node's own decoder reads, turned round. Of two spellings the first. */
function table(): Uint16Array {
  if (known !== undefined) return known;
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const codes = new Uint16Array(0x1_0000).fill(NONE);
  const learn = (...bytes: readonly number[]): void => {
    const character = decode(decoder, bytes);
    if (character === undefined || character.length !== 1) return;
    const unit = character.charCodeAt(0);
    if (codes[unit] === NONE) codes[unit] = bytes.reduce((code, byte) => code * 0x100 + byte, 0);
  };
  for (let byte = 0; byte <= 0xff; byte++) learn(byte);
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead++) {
    if (NEC_COPIES.includes(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) learn(lead, trail);
  }
  known = codes;
  return codes;
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: readonly number[]): string | undefined {
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

/** Text as Windows-31J; Node decodes it but has no encoder. @throws RangeError for a character that it does not have */
export function encodeWindows31j(text: string): Buffer {
  const codes = table();
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = codes[text.charCodeAt(at)] ?? NONE;
    if (code === NONE) throw new RangeError(`Windows-31J has no ${text[at]}`);
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.subarray(0, length);
}
