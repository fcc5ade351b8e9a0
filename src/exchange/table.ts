/** One cell as people see it: text. A list stands in one cell, its parts on lines of their own. */
export type Table = { columns: string[]; rows: string[][] }

/** A row that was read: its number in the file, counted from 1 with the heading, and its cells by column. */
export type Row = { number: number; cells: Record<string, string> }
