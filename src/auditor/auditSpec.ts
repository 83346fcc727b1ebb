/** What to audit and by which rules. Plain data: it crosses to the auditor's process. */
export interface AuditSpec {
  /** A libvirt URI; absent when domains come from files. */
  connect?: string;
  /** Whether running guests' agents are asked, which takes a connection that could write. */
  probeAgent?: true;
  /** XML files or folders of them. */
  domains: readonly string[];
  /** A saved bundle in place of daemon, files and root. */
  from?: string;
  /** The report of an earlier audit, whose findings are not shown again. */
  baseline?: string;
  /** The host that the domains are to run on next: files that tell of it, and its QEMU's release. */
  target?: { paths: readonly string[]; qemu?: string };
  /** The host's file system. */
  root: string;
  /** Files and folders of rules beside the built-in ones. */
  rules: readonly string[];
  /** Only rules with one of these tags, when any are given. */
  tags: readonly string[];
  /** Only these rules, when any are given. */
  only: readonly string[];
  skip: readonly string[];
  /** A built-in profile's name, or the path of a profile's file; absent for the configuration's, else `default`. */
  profile?: string;
  /** The text of the configuration, which the auditor checks against the rules. */
  config?: { path: string; text: string };
  /** Asks what emulators offer, too, over a connection that may write. */
  domcapabilities?: boolean;
  /** How long libvirt is waited for, in milliseconds. */
  timeout: number;
}
