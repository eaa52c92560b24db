/**
 * Citations of the contract, the decisions and the house's own files, as comments, strings and documents write them: each must
 * lead somewhere. What is looked for:
 *
 * - `N-name.md` and `NNNN-name.md`: a document of docs/contract, or of docs/decisions;
 * - a section sign with a number, with or without a document before it (then the rules are meant): a heading of that number,
 *   and behind the point an item of a numbered list in it;
 * - a document with a comma and a heading in quotes: a heading, or words in bold or italics that begin so;
 * - a document with a colon and words in quotes: these words, as they stand there;
 * - in comments of `src`, a reading by its number.
 */

/** Documents by their names, without their folder. */
export interface Documents {
  readonly contract: ReadonlyMap<string, string>;
  readonly decisions: ReadonlySet<string>;
}

const RULES = '3-rules.md';

/** What of a file's citations leads nowhere, each as it is written. */
export function danglingCitations(file: string, content: string, documents: Documents): readonly string[] {
  const text = joined(content);
  return [
    ...namesOf(text, documents),
    ...sectionsOf(text, documents),
    ...headingsOf(text, documents),
    ...quotesOf(text, documents),
    ...(file.startsWith('src/') ? readingsOf(content, documents) : []),
  ];
}

/** Lines put together, without what begins them in a comment: a citation may be broken. */
const joined = (content: string): string => content.replace(/\s*\n\s*(?:\/\/|\*(?!\*)|>)?\s*/g, ' ');

const NAME = /(?<![\w/.-])(\d)-([a-z][a-z-]*)\.md/g;
const DECISION = /(?<![\w.-])\d{4}-[a-z][a-z0-9-]*\.md/g;
/** A document without its ending is the name of no file. */
const HALF_A_NAME = /(?<![\w/.-])\d-[a-z]+ (?=§)/g;

const namesOf = (text: string, { contract, decisions }: Documents): readonly string[] => [
  ...[...text.matchAll(NAME)].map(([name]) => name).filter((name) => !contract.has(name)),
  ...[...text.matchAll(DECISION)].map(([name]) => name).filter((name) => !decisions.has(name)),
  ...[...text.matchAll(HALF_A_NAME)].map(([name]) => name.trim()),
];

/** `3-rules.md §4.2`, and what follows it: `, §5`, ` and §5`, ` to §5`. */
const SECTIONS = /(?:(\d-[a-z-]+\.md),? )?§\d+(?:\.\d+)?(?:(?:, | and | to |, and )§\d+(?:\.\d+)?)*/g;

function sectionsOf(text: string, { contract }: Documents): readonly string[] {
  return [...text.matchAll(SECTIONS)].flatMap(([whole, name = RULES]) => {
    const document = contract.get(name);
    // A name that is none has been told already.
    if (document === undefined) return [];
    const cited = [...whole.matchAll(/§(\d+)(?:\.(\d+))?/g)];
    return cited
      .filter(([, section, item]) => !hasSection(document, section ?? '', item))
      .map(([sign]) => `${name} ${sign}`);
  });
}

function hasSection(document: string, section: string, item: string | undefined): boolean {
  const parts = document.split(/^(?=## )/m);
  const found = parts.find((part) => part.startsWith(`## ${section}. `));
  return found !== undefined && (item === undefined || new RegExp(`^${item}\\. `, 'm').test(found));
}

function headingsOf(text: string, { contract }: Documents): readonly string[] {
  return [...text.matchAll(/(\d-[a-z-]+\.md), "([^"]+)"/g)]
    .filter(([, name = '', heading = '']) => {
      const document = contract.get(name);
      return document !== undefined && !hasHeading(document, heading);
    })
    .map(([citation]) => citation);
}

/** A heading may go on: `## Terms (one place …)`. */
const hasHeading = (document: string, heading: string): boolean =>
  document.split('\n').some((line) => {
    const title = /^#+ (.*)$/.exec(line)?.[1] ?? /^(?:- )?\*{1,2}([^*]+)\*/.exec(line)?.[1];
    return title !== undefined && new RegExp(`^${escaped(heading)}(?!\\w)`).test(title);
  });

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function quotesOf(text: string, { contract }: Documents): readonly string[] {
  return [...text.matchAll(/(\d-[a-z-]+\.md): (?:\d+ )?"([^"]+)"/g)]
    .filter(([, name = '', words = '']) => {
      const document = contract.get(name);
      return document !== undefined && !plain(document).includes(plain(words));
    })
    .map(([citation]) => citation);
}

const plain = (words: string): string => words.replace(/[*`]/g, '').replace(/\s+/g, ' ').toLowerCase();

const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

function readingsOf(content: string, { contract }: Documents): readonly string[] {
  const notice = contract.get('1-notice.md') ?? '';
  return (content.match(COMMENTS) ?? [])
    .flatMap((comment) => comment.match(/\bR[1-9]\d?\b/g) ?? [])
    .filter((reading) => !notice.includes(`**${reading}, `));
}

/** Links of a Markdown document that lead to no file. @param exists by path from the document's folder */
export const danglingLinks = (markdown: string, exists: (path: string) => boolean): readonly string[] =>
  [...markdown.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => !exists(target));

/** Files of the house that a document names in backticks, from the root, and that are not there; hidden ones are made by tools. */
export const danglingPaths = (markdown: string, exists: (path: string) => boolean): readonly string[] =>
  [
    ...markdown
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/`((?:src|test|bench|docs|bin|tools|fixtures|\.ci)\/[\w./-]*\w)`/g),
  ]
    .map(([, path = '']) => path)
    .filter((path) => !path.includes('/.') && !exists(path));
