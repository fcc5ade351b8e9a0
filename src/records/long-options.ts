import type { Queryable } from './db.ts'

/** Keeps what a token on a button stands for; the same token always stands for the same. */
export async function keepOption(
  on: Queryable,
  office: string,
  token: string,
  option: string,
): Promise<void> {
  await on.query(
    `insert into long_options (office, token, option, kept_at) values ($1, $2, $3, now())
     on conflict (office, token) do update set kept_at = now()`,
    [office, token, option],
  )
}

export async function optionOf(on: Queryable, office: string, token: string): Promise<string | undefined> {
  const { rows } = await on.query<{ option: string }>(
    'select option from long_options where office = $1 and token = $2',
    [office, token],
  )
  return rows[0]?.option
}
