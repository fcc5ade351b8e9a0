/**
 * Has `check` called before anything leaves by this socket. Who was frozen in the middle of something goes on with that before any
 * clock of theirs is looked at, and by then another may be the one that speaks. The library takes the function that sends when it makes the
 * socket, so it is the line below that is guarded.
 */
export function guardLine(socket: object, check: () => void): void {
  const line: unknown = Reflect.get(socket, 'socket')
  if (!isLine(line)) throw new Error('The library keeps its line somewhere else.')
  const send = line.send.bind(line)
  line.send = (...given) => {
    check()
    return send(...given)
  }
}

type Line = { send(...given: unknown[]): unknown }

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && 'send' in value && typeof value.send === 'function'
}
