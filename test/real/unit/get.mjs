/** Prints what a scrape is answered. It waits for the service to listen, and for its audit, as long as emulation takes. */
import { setTimeout as sleep } from 'node:timers/promises';

const ask = async (attempts) => {
  try {
    return await fetch(process.argv[2], { headers: { 'X-Prometheus-Scrape-Timeout-Seconds': '290' } });
  } catch (error) {
    if (attempts === 0 || error.cause?.code !== 'ECONNREFUSED') throw error;
    await sleep(1000);
    return ask(attempts - 1);
  }
};

const answer = await ask(200);
process.stdout.write(await answer.text());
if (!answer.ok) process.exitCode = 1;
