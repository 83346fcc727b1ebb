/** A clause took longer than it may, and is not asked again by this process. */
export class ClauseTimeout extends Error {
  override readonly name = 'ClauseTimeout';

  /** @param milliseconds how long it was given for one subject */
  constructor(milliseconds: number) {
    super(
      `the rule's pattern took more than ${milliseconds / 1000} s on one subject, so the rule is judged no more; quantifiers inside of others, as in (a+)+, do that`,
    );
  }
}
