/** Where the kernel's audit messages end up: auditd's own log, else the kernel's and the system's. */
export const kernelLogs: readonly string[] = ['/var/log/audit/audit.log', '/var/log/kern.log', '/var/log/syslog'];
