import { spawn } from 'node:child_process';
import { testDriver } from '../real/testDriver.ts';
import { type Audited, auditing } from './auditing.ts';
import { domainXml } from './domainXml.ts';
import { ms, type Row } from './row.ts';
import { median } from './statistics.ts';

/** The time of one more domain must not grow with their number. */
const mostGrowth = 1.3;

const measure = async (count: number): Promise<{ count: number; first: Audited; steady: number; resident: number }> => {
  const domains = Array.from({ length: count }, (_, index) => ({
    xml: domainXml(index, 'test'),
    running: index % 2 === 0,
  }));
  await using driver = await testDriver(domains);
  await using audits = auditing((command, args) => spawn(command, args), driver.uri);
  const first = await audits.audit('first');
  const steady: Audited[] = [];
  for (let round = 0; round < 5; round++) steady.push(await audits.audit('steady'));
  return {
    count,
    first,
    steady: median(steady.map(({ milliseconds }) => milliseconds)),
    resident: steady.at(-1)?.resident ?? 0,
  };
};

/** 100, 1,000 and 10,000 domains, half of them running, in libvirt's test driver. */
export const growth = async (): Promise<Row[]> => {
  const rows: Row[] = [];
  let base: number | undefined;
  for (const count of [100, 1000, 10_000]) {
    const { first, steady, resident } = await measure(count);
    const each = steady / count;
    rows.push({
      what: `${count} domains, test driver`,
      measured: `first ${ms(first.milliseconds)}, steady ${ms(steady)}, ${resident.toFixed(0)} MiB resident`,
      against: `${(each * 1000).toFixed(0)} µs a domain`,
      ...(base === undefined ? {} : { figure: each / base, target: mostGrowth }),
    });
    base ??= each;
  }
  return rows;
};
