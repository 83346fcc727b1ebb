import type { Severity } from '../model/severity.ts';

/** What to audit and by which rules. Plain data: it crosses to the auditor's process. */
export interface AuditSpec {
  /** A libvirt URI; absent when domains come from files. */
  connect?: string;
  /** XML files or folders of them. */
  domains: readonly string[];
  /** The host's file system. */
  root: string;
  /** Files and folders of rules beside the built-in ones. */
  rules: readonly string[];
  /** Only rules with one of these tags, when any are given. */
  tags: readonly string[];
  /** Only these rules, when any are given. */
  only: readonly string[];
  skip: readonly string[];
  severities: Readonly<Record<string, Severity>>;
  /** How long libvirt is waited for, in milliseconds. */
  timeout: number;
}
