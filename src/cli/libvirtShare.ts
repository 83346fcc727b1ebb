/** The share of its time that a command gives libvirt: what that leaves is for the rest, so that a hung daemon costs no report. */
export const libvirtShare = 0.6;
