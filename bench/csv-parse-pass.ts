import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** The least that any program on csv-parse does: reads the files it is given, keeps nothing, counts records. */
const CHUNK_BYTES = 1 << 18;

let records = 0;
for (const path of process.argv.slice(2)) {
  await new Promise<void>((resolve, reject) => {
    const parser = parse({
      on_record: () => {
        records++;
        return null;
      },
    });
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    file.on('error', reject);
    parser.on('error', reject);
    parser.on('end', resolve);
    file.pipe(parser);
    parser.resume();
  });
}
process.stdout.write(`${records}\n`);
