/**
 * What the Linux of every guest is told. Emulated on a machine that is busy at that moment, Linux would else find that its
 * timer does not work, and panic: `no_timer_check` (the kernel's kernel-parameters.txt).
 */
export const guestCmdline = 'console=ttyS0 no_timer_check panic=1 quiet';
