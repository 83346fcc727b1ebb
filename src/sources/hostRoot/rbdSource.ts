import type { ImageHeader } from '../../model/imageHeader.ts';
import { networkSource } from './networkSource.ts';

const option = (options: string, name: string): string | undefined =>
  new RegExp(`(?<!\\\\):${name}=((?:\\\\.|[^:\\\\])*)`, 's').exec(options)?.[1];

/**
 * `POOL/IMAGE[@SNAPSHOT][:OPTION=VALUE…]` (QEMU's block/rbd.c), where `\` stands before a colon that ends nothing. Of the
 * options, which may hold a key, only the monitors and the file.
 */
export const rbdSource = (name: string): Pick<ImageHeader, 'network'> => {
  const [, image = '', options = ''] = /^([^:@]*)[^:]*(.*)$/s.exec(name) ?? [];
  const monitors = (option(options, 'mon_host') ?? '').split(/\\?[;, ]/).filter((each) => each !== '');
  const hosts = monitors.map((each) => {
    const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/s.exec(each.replaceAll('\\', '')) ?? [];
    return { name: bracketed ?? plain, port };
  });
  return networkSource('rbd', image, hosts, option(options, 'conf'));
};
