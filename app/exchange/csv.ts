// Comma-separated values as RFC 4180 has them: one header, lines that end with CR LF, and quotes where a value needs them.

/** A number is written as it is; null leaves the field empty. */
export type CsvValue = string | number | null;

/** `columns` is the header; every row has as many values. */
export function csvText(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((values) => `${values.map(field).join(',')}\r\n`).join('');
}

/** What a spreadsheet takes for the beginning of a formula. Names can come from strangers. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, section 2, rules 5 to 7: a value with a comma, a quote or a line break stands in quotes, its own quotes doubled. */
function field(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
