import { openPublisher, type Step } from '../../src/publish/run-folder.ts';

/** A process that publishes and is killed at a step: `tsx publish-child.ts TARGET STEP CONTENT`. */
const [target = '', step = '', content = ''] = process.argv.slice(2);
const publisher = openPublisher(target, (reached: Step) => {
  if (reached === step) process.kill(process.pid, 'SIGKILL');
});
const files = ['manifest.json', 'SHA256SUMS', 'payouts.csv'].map((name) => ({ name, content }));
await publisher.write(files);
publisher.publish(files, true);
publisher.close();
