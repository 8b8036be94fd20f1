/** The two ends of a connection as the ports that client and server know. */
import type { Connection as ServerConnection, Socket } from '../../sut/runtime/ports.ts';
import { type Connection, closeEnd, type EndName, type Surroundings, send, setReading, terminateEnd } from './connection.ts';
import { unsentBytes } from './link.ts';

type Note = (port: string) => void;

export function socketOf(connection: Connection, around: Surroundings, note: Note): Socket {
  return endOf(connection, 'client', `${connection.client} socket`, around, note);
}

export function serverConnectionOf(connection: Connection, around: Surroundings, note: Note): ServerConnection {
  const end = endOf(connection, 'server', `server connection of ${connection.client}`, around, note);
  const read = (isPaused: boolean) => (): void => {
    note(`server connection of ${connection.client}`);
    setReading(connection, isPaused, around);
  };
  const { client } = connection;
  return {
    label: client,
    address: client,
    pause: read(true),
    resume: read(false),
    ...end,
    unsentBytes: () => unsentBytes(connection.toClient),
  };
}

function endOf(connection: Connection, end: EndName, port: string, around: Surroundings, note: Note): Socket {
  return {
    send: (data) => {
      note(port);
      send(connection, end, data, around);
    },
    close: (code, reason) => {
      note(port);
      closeEnd(connection, end, code, reason, around);
    },
    terminate: () => {
      note(port);
      terminateEnd(connection, end, around);
    },
  };
}
