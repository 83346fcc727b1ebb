/** Gives other work the thread for as long as it has something to do. */
export type Turn = () => Promise<void>;

/** Settles once what has happened meanwhile, such as libvirt's answers, has been seen to. */
export const nextTurn: Turn = () => new Promise((resolve) => setImmediate(resolve));
