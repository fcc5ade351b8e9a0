import { byteArray, intArray, textArray, uuidArray } from './arrays.ts'

/** One column of many rows: what it is called in a statement, and how it becomes one parameter of it. */
export type Column<Row> = {
  name: string
  type: 'bytea' | 'int' | 'text' | 'uuid'
  pack(rows: readonly Row[]): Buffer
}

type Of<Row, T> = (row: Row) => T | null
const kind =
  <T>(type: Column<never>['type'], array: (values: readonly (T | null)[]) => Buffer) =>
  <Row>(name: string, of: Of<Row, T>): Column<Row> => ({ name, type, pack: rows => array(rows.map(of)) })

export const bytes = kind('bytea', byteArray)
export const int = kind('int', intArray)
export const text = kind('text', textArray)
export const uuid = kind('uuid', uuidArray)

/** Rows as the parameters of a statement that reads them by `rowsFrom`. */
export function packed<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Buffer[] {
  return columns.map(({ pack }) => pack(rows))
}

/** Rows as a table within a statement, their columns being its parameters from `$first` on. */
export function rowsFrom(columns: readonly Pick<Column<never>, 'name' | 'type'>[], first: number): string {
  return tableOf(columns.map(({ name, type }, n) => `$${first + n}::${type}[] as ${name}`))
}

/**
 * Arrays as the columns of a table, each written like `$1::text[] as name`; all of one length. With `unnest` in the list: behind
 * `from` each array is first copied to a store of its own, and a turn has fifty.
 */
export function tableOf(arrays: readonly string[]): string {
  return `(select ${arrays.map(array => array.replace(/^(.*) as /, 'unnest($1) as ')).join(', ')})`
}
