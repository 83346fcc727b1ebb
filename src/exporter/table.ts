/**
 * A table under a heading, which can be scrolled by keyboard where it is too wide.
 *
 * @param name its id on the page
 * @param rows HTML
 */
export const table = (name: string, caption: string, columns: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" role="region" aria-labelledby="${name}" tabindex="0"><table><caption><h2 id="${name}">${caption}</h2></caption>` +
  `<thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>\n` +
  `<tbody>${rows.join('\n')}</tbody></table></div>`;
