import { Command, Option } from 'commander';
import { type Text, text } from '../policy/text.ts';
import type { GivenOptions } from './options/request.ts';
import type { Say } from './terminal/language.ts';

/** What each command does when it is called. */
export interface Actions {
  run(options: GivenOptions): Promise<void>;
  check(options: GivenOptions): Promise<void>;
  explain(run: string, coupons: readonly string[], options: GivenOptions): Promise<void>;
  verify(run: string, options: GivenOptions): Promise<void>;
  diff(before: string, after: string, options: GivenOptions): Promise<void>;
  rules(options: GivenOptions): Promise<void>;
  policyShow(options: GivenOptions): Promise<void>;
  policyCheck(file: string, options: GivenOptions): Promise<void>;
  policySchema(which: string, options: GivenOptions): Promise<void>;
  synth(options: GivenOptions): Promise<void>;
}

/** The command line, in one language. Options have no defaults here, so that a config file can tell what was given. */
export function buildProgram(version: string, actions: Actions, say: Say): Command {
  const program = new Command('regionpay-reconcile');
  program
    .version(version, '-V, --version', say(text('版を表示する', 'print the version')))
    .description(
      say(
        text(
          'regionPAY の障害で約束された補償を、取引記録から計算します。',
          'Works out the compensation promised for the regionPAY outage from transaction records.',
        ),
      ),
    )
    .helpCommand('help [command]', say(text('使い方を表示する', 'display help for a command')))
    .showSuggestionAfterError(true);
  inJapanese(program, say);
  const run = inputOptions(
    command(
      program,
      'run',
      say,
      text('入力と規則から、実行結果のフォルダーをひとつ作る', 'make one run folder from inputs and rules'),
    ),
    say,
  );
  run
    .addOption(
      new Option(
        '--out <dir>',
        say(text('実行結果のフォルダー。{date} は基準日になる', 'the run folder; {date} becomes the as-of date')),
      ),
    )
    .addOption(
      new Option('--count-unclaimed', say(text('申出がなくても (B) を数える', 'count (B) grounds without a call'))),
    )
    .addOption(
      new Option('--replace', say(text('公開済みの実行結果を置き換える', 'replace a run that is already there'))),
    )
    .addOption(
      new Option(
        '--archive',
        say(text('入力も圧縮して実行結果に残す', 'keep the inputs, compressed, in the run folder')),
      ),
    )
    .addOption(
      new Option(
        '--previous <run>',
        say(
          text(
            '前回の実行結果。そこで払った分は支払済みとする',
            'the run before this one; what it paid counts as paid',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--paid-run <run...>',
        say(
          text(
            '--paid がクーポン番号なしで述べる支払いを作った実行結果(--previous になければ)',
            'runs that made the payouts which --paid names without their coupons, if --previous does not hold them',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--excel',
        say(text('Excel 用の写し(BOM・CRLF)も excel/ に作る', 'also write copies for Excel (BOM, CRLF) into excel/')),
      ),
    )
    .action((options: GivenOptions) => actions.run(options));
  run.addHelpText('after', `\n${say(RUN_EXAMPLES)}`);
  const check = inputOptions(
    command(
      program,
      'check',
      say,
      text('入力だけを読み、読めない行をすべて示す', 'read the inputs only, and show every row that cannot be read'),
    ),
    say,
  );
  check.action((options: GivenOptions) => actions.check(options));
  check.addHelpText('after', `\n${say(CHECK_EXAMPLES)}`);
  auditCommands(program, actions, say);
  rulesCommands(program, actions, say);
  synthCommand(program, actions, say);
  return program;
}

function auditCommands(program: Command, actions: Actions, say: Say): void {
  const run = say(text('実行結果のフォルダー', 'a run folder'));
  const explain = command(
    program,
    'explain',
    say,
    text('そのクーポンがなぜそうなったかを説明する', 'say why a coupon came out as it did'),
  );
  explain
    .argument('<run>', run)
    .argument('<coupon...>', say(text('クーポン番号', 'coupon numbers')))
    .addOption(
      new Option(
        '--inputs <dir>',
        say(text('保存がないとき、元の入力を探すフォルダー', 'where the original inputs lie, if the run keeps none')),
      ),
    )
    .addOption(
      new Option(
        '--show-contact',
        say(text('連絡先と、誰がなぜ決めたかを伏せずに表示する', 'show contacts, and who decided and why')),
      ),
    )
    .action((folder: string, coupons: string[], options: GivenOptions) => actions.explain(folder, coupons, options));
  common(explain, say);
  explain.addHelpText('after', `\n${say(EXPLAIN_EXAMPLES)}`);
  const verify = command(
    program,
    'verify',
    say,
    text(
      '実行結果が変わっていないこと、同じ結果が出ることを確かめる',
      'check that a run is unaltered and comes out the same',
    ),
  );
  verify
    .argument('<run>', run)
    .addOption(new Option('--chain', say(text('最初の夜までさかのぼる', 'walk back to the first night'))))
    .action((folder: string, options: GivenOptions) => actions.verify(folder, options));
  memoryOptions(verify, say);
  common(verify, say);
  verify.addHelpText('after', `\n${say(VERIFY_EXAMPLES)}`);
  const diff = command(
    program,
    'diff',
    say,
    text('ふたつの実行結果をクーポンごとに比べる', 'compare two runs, coupon by coupon'),
  );
  diff
    .argument('<before>', run)
    .argument('<after>', run)
    .addOption(
      new Option(
        '--fail-on <what>',
        say(
          text(
            'money(支払・戻し・残る額の違い)か any(すべての違い。既定)で終了コード 1',
            'exit 1 on money (what is paid, put back or kept) or on any difference (default)',
          ),
        ),
      ),
    )
    .addOption(
      new Option('--limit <n>', say(text('表示するクーポンの数(既定 50)', 'how many coupons to show (default 50)'))),
    )
    .addOption(
      new Option(
        '--markdown',
        say(text('Markdown で出力する(プルリクエスト用)', 'print Markdown, for a pull request')),
      ),
    )
    .action((before: string, after: string, options: GivenOptions) => actions.diff(before, after, options));
  memoryOptions(diff, say);
  common(diff, say);
  diff.addHelpText('after', `\n${say(DIFF_EXAMPLES)}`);
}

function rulesCommands(program: Command, actions: Actions, say: Say): void {
  const markdown = () => new Option('--markdown', say(text('Markdown で出力する', 'print Markdown')));
  const policyFile = () =>
    new Option(
      '--policy <file>',
      say(text('policy ファイル(既定は鹿児島県の障害)', 'a policy file (default: the Kagoshima outage)')),
    );
  const rules = command(program, 'rules', say, text('条項・読み方・規則を示す', 'show clauses, readings and rules'));
  rules
    .addOption(policyFile())
    .addOption(markdown())
    .action((options: GivenOptions) => actions.rules(options));
  common(rules, say);
  rules.addHelpText(
    'after',
    `\n${say(text('例:\n  regionpay-reconcile rules\n  regionpay-reconcile rules --markdown > rules.md', 'Examples:\n  regionpay-reconcile rules\n  regionpay-reconcile rules --markdown > rules.md'))}`,
  );
  const policy = command(
    program,
    'policy',
    say,
    text('有効な数値を示す。policy ファイルを確かめる', 'show the terms in force; check a policy file'),
  );
  policy.addOption(policyFile()).action((options: GivenOptions) => actions.policyShow(options));
  common(policy, say);
  policy.addHelpText(
    'after',
    `\n${say(text('例:\n  regionpay-reconcile policy --json > my-policy.json\n  regionpay-reconcile policy check my-policy.json\n  regionpay-reconcile policy schema profile', 'Examples:\n  regionpay-reconcile policy --json > my-policy.json\n  regionpay-reconcile policy check my-policy.json\n  regionpay-reconcile policy schema profile'))}`,
  );
  const policyCheck = command(policy, 'check', say, text('policy ファイルを確かめる', 'check a policy file'));
  policyCheck
    .argument('<file>', say(text('policy ファイル', 'the policy file')))
    .action((file: string, options: GivenOptions) => actions.policyCheck(file, options));
  common(policyCheck, say);
  const schema = command(
    policy,
    'schema',
    say,
    text(
      'policy・profile・config ファイルと explain --json・diff --json の JSON Schema を出す',
      'print the JSON Schema of policy, profile or config files, or of explain --json or diff --json',
    ),
  );
  schema
    .argument('[which]', 'policy | profile | config | explain | diff', 'policy')
    .action((which: string, options: GivenOptions) => actions.policySchema(which, options));
  common(schema, say);
}

function synthCommand(program: Command, actions: Actions, say: Say): void {
  const option = (flag: string, ja: string, en: string): Option => new Option(flag, say(text(ja, en)));
  const synth = command(
    program,
    'synth',
    say,
    text('架空の入力を、正しい答えとともに作る', 'make synthetic inputs, with the answers known'),
  );
  synth
    .addOption(option('--out <dir>', '入力を書くフォルダー(必須)', 'the folder to write the inputs into (required)'))
    .addOption(
      option('--transactions <n>', '取引記録の行数(既定 10000)', 'rows of the transaction log (default 10000)'),
    )
    .addOption(
      option(
        '--seed <n>',
        '乱数の種(既定 1)。同じ種なら同じ内容',
        'the seed (default 1); the same gives the same bytes',
      ),
    )
    .addOption(
      option(
        '--affected <share>',
        '障害の日が期限のクーポンの割合(既定 5%)',
        'share of coupons that expire on the day of the outage (default 5%)',
      ),
    )
    .addOption(
      option(
        '--error-rate <share>',
        '読めない・重複・矛盾する行の割合(既定 0%)',
        'share of rows made unreadable, repeated or contradicted (default 0%)',
      ),
    )
    .addOption(
      option('--encoding <name>', '文字コード(utf-8、windows-31j。既定 utf-8)', 'utf-8 or windows-31j (default utf-8)'),
    )
    .addOption(option('--quoting <how>', '引用符(minimal、all。既定 minimal)', 'minimal or all (default minimal)'))
    .addOption(option('--line-end <which>', '改行(lf、crlf。既定 lf)', 'lf or crlf (default lf)'))
    .addOption(option('--gzip', 'gzip で圧縮する', 'compress with gzip'))
    .addOption(
      option(
        '--answers <file>',
        '正しい答え(既定は --out の中の answers.json)',
        'where the answers go (default: answers.json in --out)',
      ),
    )
    .addOption(option('--replace', '前に作ったファイルを置き換える', 'replace the files of an earlier call'))
    .action((options: GivenOptions) => actions.synth(options));
  common(synth, say);
  synth.addHelpText('after', `\n${say(SYNTH_EXAMPLES)}`);
}

function command(parent: Command, name: string, say: Say, description: Text): Command {
  const made = parent
    .command(name)
    .description(say(description))
    .helpOption('-h, --help', say(text('使い方を表示する', 'display help for command')));
  inJapanese(made, say);
  return made;
}

const files = (flag: string, words: Text, say: Say): Option => new Option(`${flag} <file...>`, say(words));

function inputOptions(made: Command, say: Say): Command {
  made
    .addOption(files('--issuance', text('クーポンの発行データ(必須)', 'coupon issuance export (required)'), say))
    .addOption(files('--transactions', text('取引記録(必須)', 'transaction log (required)'), say))
    .addOption(files('--merchant-reports', text('店の売上報告(必須)', 'merchant reports (required)'), say))
    .addOption(files('--claims', text('コールセンターへの申出', 'call-centre claims'), say))
    .addOption(files('--applications', text('特設サイトの申請', 'special-site applications'), say))
    .addOption(files('--decisions', text('人の決定', 'review decisions'), say))
    .addOption(files('--paid', text('支払済みの記録', 'what was already paid'), say))
    .addOption(
      new Option(
        '--as-of <instant>',
        say(
          text(
            '基準時刻。これより前のことだけを見る(既定は今)',
            'sees only what happened strictly before it (default: now)',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--policy <file>',
        say(text('policy ファイル(既定は鹿児島県の障害)', 'a policy file (default: the Kagoshima outage)')),
      ),
    )
    .addOption(
      new Option(
        '--profile <file>',
        say(text('出力元ごとの見出し・値・日付の対応', 'headers, values and dates of a source system')),
      ),
    )
    .addOption(
      new Option(
        '--encoding <name>',
        say(text('文字コード(utf-8、windows-31j。既定は自動)', 'utf-8 or windows-31j (default: found per file)')),
      ),
    )
    .addOption(
      new Option(
        '--reader <name>',
        say(
          text(
            '読み取り方(bytes、csv-parse。結果は同じで、csv-parse は照合用)',
            'bytes or csv-parse; the result is the same, csv-parse is the reference',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--max-rejects <n|p%>',
        say(text('ファイルごとに許す読めない行(既定 0.1%)', 'rows a file may have that cannot be read (default 0.1%)')),
      ),
    )
    .addOption(
      new Option(
        '--max-unmatched <n|p%>',
        say(
          text(
            'ファイルごとに許す、番号が発行データにない行(件数か金額。既定 0.5%)',
            'rows a file may have whose coupon the issuance does not know, or their yen (default 0.5%)',
          ),
        ),
      ),
    );
  memoryOptions(made, say);
  made.addOption(
    new Option('--config <file>', say(text('これらの指定を書いた JSON ファイル', 'a JSON file with these options'))),
  );
  return common(made, say);
}

/** In how much memory a run is settled, or settled again. */
function memoryOptions(made: Command, say: Say): void {
  made
    .addOption(
      new Option(
        '--memory <size>',
        say(
          text(
            '表に使うメモリ(2GB、512MB、60% など。既定 60%)。超える分はディスクに置く',
            'memory for the tables: 2GB, 512MB, 60% (the default); what exceeds it goes to disk',
          ),
        ),
      ),
    )
    .addOption(
      new Option(
        '--temp-directory <folder>',
        say(
          text(
            'ディスクに置く先(既定は run では --out のとなり、ほかでは一時フォルダー)。終われば消える',
            'where that goes (default: run beside --out, others the system\u2019s temporary folder); gone when it ends',
          ),
        ),
      ),
    );
}

function common(made: Command, say: Say): Command {
  return made
    .addOption(new Option('--json', say(text('機械が読む JSON で出力する', 'print JSON for machines'))))
    .addOption(new Option('--quiet', say(text('エラーのほかは何も表示しない', 'print nothing but errors'))))
    .addOption(new Option('--lang <ja|en>', say(text('表示の言語(既定は LANG から)', 'language (default: from LANG)'))))
    .addOption(new Option('--log-level <level>', 'silent | error | warn | info | debug'))
    .addOption(new Option('--log-format <format>', 'text | json'));
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
};

/** Commander's own words, where help is shown in Japanese. */
function inJapanese(made: Command, say: Say): void {
  made.configureHelp({
    styleTitle: (title) => say(text(TITLES[title] ?? title, title)),
    sortSubcommands: false,
    showGlobalOptions: false,
  });
  made.helpOption('-h, --help', say(text('使い方を表示する', 'display help for command')));
}

const EXPLAIN_EXAMPLES = text(
  '例:\n  regionpay-reconcile explain runs/RUN 000000000201\n  regionpay-reconcile explain runs/RUN 000000000201 --inputs exports',
  'Examples:\n  regionpay-reconcile explain runs/RUN 000000000201\n  regionpay-reconcile explain runs/RUN 000000000201 --inputs exports',
);

const VERIFY_EXAMPLES = text(
  '例:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --chain',
  'Examples:\n  regionpay-reconcile verify runs/RUN\n  regionpay-reconcile verify runs/RUN --chain',
);

const DIFF_EXAMPLES = text(
  `例:
  regionpay-reconcile diff runs/BEFORE runs/AFTER --fail-on money
  regionpay-reconcile diff runs/BEFORE runs/AFTER --markdown --limit 20 > comment.md
原因を分けるには、両方の入力が実行結果に残っている必要があります(run --archive)`,
  `Examples:
  regionpay-reconcile diff runs/BEFORE runs/AFTER --fail-on money
  regionpay-reconcile diff runs/BEFORE runs/AFTER --markdown --limit 20 > comment.md
To tell several causes apart, the inputs of both runs must have been kept (run --archive)`,
);

const RUN_EXAMPLES = text(
  `例:
  # 夜間の実行(結果は runs/基準日 に)
  regionpay-reconcile run --issuance issuance.csv --transactions 'log/*.csv.gz' \\
    --merchant-reports reports.csv --claims claims.csv --applications applications.csv \\
    --out 'runs/{date}'
  # 指定を run.json に書いておく
  regionpay-reconcile run --config run.json`,
  `Examples:
  # the nightly run, into runs/AS-OF-DATE
  regionpay-reconcile run --issuance issuance.csv --transactions 'log/*.csv.gz' \\
    --merchant-reports reports.csv --claims claims.csv --applications applications.csv \\
    --out 'runs/{date}'
  # with the options in a file
  regionpay-reconcile run --config run.json`,
);

const CHECK_EXAMPLES = text(
  `例:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv`,
  `Examples:
  regionpay-reconcile check --issuance issuance.csv --transactions log.csv --merchant-reports reports.csv`,
);

const SYNTH_EXAMPLES = text(
  `例:
  # 百万行。一万行にひとつ壊れている
  regionpay-reconcile synth --out load --transactions 1000000 --seed 7 --error-rate 0.01%
  # 日本の表計算から出たような入力
  regionpay-reconcile synth --out load --encoding windows-31j --quoting all --line-end crlf --gzip`,
  `Examples:
  # a million rows, one in ten thousand broken
  regionpay-reconcile synth --out load --transactions 1000000 --seed 7 --error-rate 0.01%
  # as a Japanese spreadsheet would export them
  regionpay-reconcile synth --out load --encoding windows-31j --quoting all --line-end crlf --gzip`,
);
