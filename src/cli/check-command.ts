import { tmpdir } from 'node:os';
import type { Parts } from '../intake/parts.ts';
import type { Tables } from '../intake/tables.ts';
import { text } from '../policy/text.ts';
import { canonicalJson } from '../publish/canonical-json.ts';
import { mayEnd } from '../publish/turns.ts';
import { CommandFailure, EXIT } from './exit.ts';
import type { Say } from './language.ts';
import type { Request } from './options.ts';
import { problemText } from './problem-text.ts';
import { readAll, rejectProblems, rowProblems, type Surroundings, tooManyRejects } from './reading.ts';
import { refused } from './summary-text.ts';
import { spillFailureOf } from './system-failure.ts';
import { write } from './terminal.ts';

/** `check`: reads the inputs and says what `run` would make of them. @throws CommandFailure */
export async function checkCommand(request: Request, surroundings: Surroundings, say: Say): Promise<void> {
  const tables = await readTables(request, surroundings);
  await mayEnd(surroundings.signal);
  const over = tooManyRejects(tables, request.maxRejects);
  if (request.json) await write(process.stdout, canonicalJson(checkJson(tables)));
  else if (!request.quiet) await write(process.stdout, checkText(tables, say));
  if (over.length > 0)
    throw new CommandFailure(EXIT.refused, rejectProblems(tables, over, request.maxRejects).slice(0, over.length));
}

/** All that is told of them: rows that exceed the memory there may be are counted a part at a time. */
async function readTables(request: Request, surroundings: Surroundings): Promise<Tables> {
  const folder = request.tempDirectory ?? tmpdir();
  let parts: Parts | undefined;
  try {
    const inputs = await readAll(request, surroundings, { bytes: request.memoryBytes, folder });
    parts = inputs.parts;
    return parts?.finishUnsettled() ?? inputs.tables;
  } catch (error) {
    throw spillFailureOf(error, folder);
  } finally {
    parts?.close();
  }
}

function checkText(tables: Tables, say: Say): string {
  const files = tables.files.map((file) => {
    const ignored =
      file.ignoredColumns.length === 0
        ? ''
        : say(
            text(
              `; 使わない列: ${file.ignoredColumns.join(', ')}`,
              `; columns not used: ${file.ignoredColumns.join(', ')}`,
            ),
          );
    const yen = say(text(`合計 ${file.yenRead}円`, `${file.yenRead} yen in all`));
    return `  ${file.name}: ${file.encoding}${file.compressed ? ' gzip' : ''}, ${yen}${ignored}`;
  });
  const rejected = rowProblems(tables).map(({ problem }) => problemText(problem, say));
  const done =
    rejected.length === 0 ? say(text('すべての行が読めました。\n', 'Every row can be read.\n')) : rejected.join('');
  return `${say(text('■ 入力', '■ Inputs'))}\n${files.join('\n')}\n\n${refused(tables, say)}\n\n${done}`;
}

const checkJson = (tables: Tables): unknown => ({
  files: tables.files,
  rejects: rowProblems(tables).map(({ problem }) => problem),
});
