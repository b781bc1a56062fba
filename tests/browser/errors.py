"""Asks for a name as programs do, and prints the extended errors as dnspython reads them, one JSON object a line.

    errors.py SERVER NAME [OPTION]

OPTION is the number of an EDNS option that is sent empty. A structured error's text is read as JSON too.
"""

import json
import sys

import dns.edns
import dns.flags
import dns.message
import dns.query
import dns.rcode


def main(server, name, option=None):
    options = [dns.edns.GenericOption(int(option), b"")] if option else []
    query = dns.message.make_query(name, "A", use_edns=0, payload=1232, options=options)
    answer = dns.query.udp(query, server, timeout=10)
    for error in answer.options:
        if isinstance(error, dns.edns.EDEOption):
            told = {"rcode": dns.rcode.to_text(answer.rcode()), "code": int(error.code), "text": error.text or ""}
            if option:
                told["structure"] = json.loads(error.text)
            print(json.dumps(told))


main(*sys.argv[1:])
