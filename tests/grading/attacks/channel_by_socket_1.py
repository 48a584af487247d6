# Wait on abstract addresses for a neighbour who asks for an answer.
# ends: any
# %%
import socket
import time

servers = []
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    servers.append(socket.socket(socket.AF_UNIX, kind))
    servers[-1].bind(f"\0cnnedu-neighbour-{int(kind)}")
    if kind != socket.SOCK_DGRAM:
        servers[-1].listen()
servers += [socket.create_server(("127.0.0.1", 31415)), socket.create_server(("::1", 31415), family=socket.AF_INET6)]
time.sleep(0.9)

# %%
time.sleep(0.9)
