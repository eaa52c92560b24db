import { openPublisher, type Step } from '../../src/publish/run-folder.ts';

/** A process that publishes and is killed at a step: `tsx publish-child.ts TARGET STEP CONTENT`. */
const [target = '', step = '', content = ''] = process.argv.slice(2);
const publisher = openPublisher(target, (reached: Step) => {
  if (reached === step) process.kill(process.pid, 'SIGKILL');
});
publisher.publish(
  [
    { name: 'manifest.json', content },
    { name: 'SHA256SUMS', content },
    { name: 'payouts.csv', content },
  ],
  true,
);
publisher.close();
