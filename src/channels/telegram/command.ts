/** A word of the bot's menu: `/pasang KODE`, or `/pasang@NamaBot KODE` in a group. */
export type Command = { name: string; argument: string; bot: string | undefined }

/** Reads a command; undefined when the text is none. Names are in lower case, `_` being the space a menu cannot show. */
export function readCommand(text: string): Command | undefined {
  const found = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+([\s\S]*))?$/.exec(text)
  if (found === null) return undefined
  const [, name = '', bot, argument = ''] = found
  return { name: name.toLowerCase(), argument: argument.trim(), bot }
}

/** The command as somebody would have typed it: without the bot's name, and with its spaces. */
export function typedCommand({ name, argument }: Command): string {
  return `/${name.replaceAll('_', ' ')}${argument === '' ? '' : ` ${argument}`}`
}
