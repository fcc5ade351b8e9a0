// Loaded into the program before anything else: says so when what every object inherits from has grown.
const WATCHED = [Object.prototype, Array.prototype, String.prototype, Function.prototype]
const before = WATCHED.map(one => Reflect.ownKeys(one).length)

const look = () => {
  if (WATCHED.some((one, n) => Reflect.ownKeys(one).length !== before[n]))
    process.stderr.write('A PROTOTYPE WAS POLLUTED\n')
}
setInterval(look, 500).unref()
process.on('exit', look)
