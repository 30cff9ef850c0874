"""What a mesh in containers needs before it starts: an authority, a certificate for each process, keys, passwords, and
the files that seed gateway, identity, consent, registry and PostgreSQL. Each process finds its own in two folders:
`/run/tls` and `/run/secrets/<process>`.
"""
