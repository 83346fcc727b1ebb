/** Short lines one below the other. @param items HTML */
export const itemList = (items: readonly string[]): string =>
  `<ul class="places">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** The same, of which only the first so many are shown. */
export const cappedList = (items: readonly string[], most: number): string =>
  itemList(items.length <= most ? items : [...items.slice(0, most), `and ${items.length - most} more`]);
