/**
 * A block of data; undefined where the page has none. A large one is deflated (report/deflated.ts), and the browser's own
 * inflater works beside the page: so it comes later, and so does every block.
 */
export async function dataOf<T>(id: string): Promise<T | undefined> {
  const block = document.getElementById(id);
  const content = block?.textContent;
  if (content === undefined || content === null) return undefined;
  return (block?.getAttribute('type') === 'application/json' ? JSON.parse(content) : inflated(content)) as T;
}

/** @throws TypeError where the content is no DEFLATE; ReferenceError in an old browser, which cannot inflate */
async function inflated(base64: string): Promise<unknown> {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).json();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const signs = atob(base64);
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = signs.charCodeAt(at);
  return bytes;
}

/** A block that stands behind the script. @throws Error where the page has none: its frame writes it with the list */
export async function laterDataOf<T>(id: string): Promise<T> {
  if (document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  const found = await dataOf<T>(id);
  if (found === undefined) throw new Error(`the page has no ${id}`);
  return found;
}
