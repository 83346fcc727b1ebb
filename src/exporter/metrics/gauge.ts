import { Gauge, type Registry } from 'prom-client';

/** A label set and its value. */
export type Sample<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number];

/**
 * A gauge with all its samples. Two samples with the same labels are added up: a page with a series twice is refused whole
 * by Prometheus.
 */
export const gauge = <Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  samples: readonly Sample<Label>[],
): void => {
  const metric = new Gauge({ name: `virt_audit_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  for (const [labels, value] of samples) metric.inc(labels as Partial<Record<Label, string>>, value);
};

/** A gauge without labels. */
export const single = (registry: Registry, name: string, help: string, value: number): void => {
  new Gauge({ name: `virt_audit_${name}`, help, registers: [registry] }).set(value);
};
