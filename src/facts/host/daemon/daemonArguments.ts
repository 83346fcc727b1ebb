import type { HostTree } from '../hostTree.ts';
import type { UnitFile } from '../machine/unitFile.ts';

/** Where distributions keep the arguments of libvirtd's unit: Debian and Ubuntu, then the others. */
export const argumentFiles = ['/etc/default/libvirtd', '/etc/sysconfig/libvirtd'];

/** The variables that units of libvirtd have its arguments from: since libvirt 6.0, and Ubuntu's until 20.04. */
const unknownUnit = ['/usr/sbin/libvirtd $LIBVIRTD_ARGS $libvirtd_opts'];

/** systemd.exec(5), "EnvironmentFile=": one variable to a line, perhaps in quotes; the last of a name counts. */
const inFile = (text: string): [name: string, value: string][] =>
  [...text.matchAll(/^[ \t]*(\w+)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t]*$/gm)].map(([, name = '', , value = '']) => [
    name,
    value,
  ]);

/** An assignment in quotes, or one of a value that is in quotes or not. */
const assignment = /(["'])(?<outer>\w+)=(?<whole>.*?)\1|(?<inner>\w+)=(?:(["'])(?<quoted>.*?)\5|(?<bare>\S*))/g;

/** systemd.exec(5), "Environment=": assignments with blanks between. */
const inUnit = (line: string): [name: string, value: string][] =>
  [...line.matchAll(assignment)].map(({ groups = {} }) => [
    groups.outer ?? groups.inner ?? '',
    groups.whole ?? groups.quoted ?? groups.bare ?? '',
  ]);

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * What libvirtd would be started with, by its unit. `$NAME` is as many arguments as its value has words, `${NAME}` is
 * one (systemd.service(5), "Command lines"). Of a unit that is not known, either of the usual variables counts.
 */
export const daemonArguments = (tree: HostTree, unit: UnitFile): string[] => {
  const files = argumentFiles.flatMap((path) => {
    const known = tree.read(path);
    return known !== undefined && 'text' in known ? inFile(known.text) : [];
  });
  const environment = new Map([...unit.values('Environment').flatMap(inUnit), ...files]);
  const commands = unit.values('ExecStart');
  return (commands.length > 0 || unit.known ? commands : unknownUnit).flatMap((command) =>
    words(command.replaceAll(/["']/g, ''))
      .slice(1)
      .flatMap((word) => {
        const name = /^\$(\w+)$/.exec(word)?.[1];
        if (name !== undefined) return words(environment.get(name) ?? '');
        return [word.replaceAll(/\$\{(\w+)\}/g, (_, each: string) => environment.get(each) ?? '')];
      }),
  );
};
