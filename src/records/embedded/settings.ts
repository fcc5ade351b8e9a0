/** How the server is set up; given at every start, so a cluster made by an older Balai follows. */
export const settings: Record<string, string> = {
  // Nothing to knock at from outside: the socket lies in a folder that is closed to others.
  listen_addresses: process.platform === 'win32' ? '127.0.0.1' : '',
  unix_socket_permissions: '0700',
  // For a PC with 4 GB that has other things to do: about 110 MB in all.
  shared_buffers: '64MB',
  max_connections: '60',
  work_mem: '4MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '256MB',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  // An answer "received" is a promise: it is on the disk.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The server's log must not quote what citizens wrote: errors of statements do, so only the server's own events.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  log_min_duration_statement: '-1',
}
