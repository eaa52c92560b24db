import sax from 'sax';

/** The document is none. */
export class BadXml extends Error {}

/** Takes what stands in a document, by local names: programs differ in prefixes. */
export interface TakeXml {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  /** In any number of pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a document in UTF-8, or in what its byte order mark says. No entities are known but those of XML itself.
 *
 * @throws BadXml
 */
export function readXml(content: Buffer, take: TakeXml): void {
  const parser = sax.parser(true, { position: false });
  parser.onerror = (error) => {
    throw new BadXml(error.message);
  };
  parser.onopentag = ({ name, attributes }) =>
    take.open?.(localOf(name), (asked) => attributeOf(attributes as Readonly<Record<string, string>>, asked));
  parser.ontext = parser.oncdata = (text) => take.text?.(text);
  parser.onclosetag = (name) => take.close?.(localOf(name));
  parser.write(decoded(content)).close();
}

function attributeOf(attributes: Readonly<Record<string, string>>, asked: string): string | undefined {
  if (Object.hasOwn(attributes, asked)) return attributes[asked];
  const name = Object.keys(attributes).find((each) => localOf(each) === asked);
  return name === undefined ? undefined : attributes[name];
}

function decoded(content: Buffer): string {
  const encoding = content[0] === 0xff ? 'utf-16le' : content[0] === 0xfe ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    throw new BadXml('is not of its encoding');
  }
}
