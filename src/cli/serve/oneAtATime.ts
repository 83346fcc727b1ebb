/**
 * Starts `work` at each call, one after the other. Calls while it is under way are one call more once it has ended, however
 * many they are: that one finds whatever they were about.
 */
export const oneAtATime = (work: () => Promise<void>): (() => void) => {
  let under = false;
  let again = false;
  const run = async (): Promise<void> => {
    under = true;
    do {
      again = false;
      await work();
    } while (again);
    under = false;
  };
  return () => {
    if (under) again = true;
    else void run();
  };
};
