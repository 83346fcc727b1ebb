const longestReason = 200;

/** Why a text is no well-formed XML document, and where. Thrown inside this folder only; `parseXml` turns it into a result. */
export class XmlMistake extends Error {
  /** Index into the text, in UTF-16 code units. */
  readonly offset: number;

  constructor(reason: string, offset: number) {
    // A reason quotes names, and an XML name may be as long as the document.
    super(reason.length <= longestReason ? reason : `${reason.slice(0, longestReason)}…`);
    this.offset = offset;
  }
}
