#!/bin/sh
# redis-server with the users of users.acl, whose passwords come by the environment: REDIS_ADMIN_PASSWORD and one for each service.
# They go in by standard input, so that neither a file nor a command line has them. Arguments are further lines of configuration,
# such as "port 6380". A replica connects to its primary as admin.
set -eu
folder=$(dirname "$0")

# Redis 7.0 does not know one of the subcommands, and refuses to start with a rule that names it.
case $(redis-server --version) in *v=7.0.*) unknown='+client|setinfo ' ;; *) unknown='' ;; esac
exec redis-server - <<CONF
$(sed \
  -e "s/>ADMIN/>$REDIS_ADMIN_PASSWORD/" \
  -e "s/>AUTHSERVER/>$REDIS_AUTHSERVER_PASSWORD/" \
  -e "s/>TASKSAPI/>$REDIS_TASKSAPI_PASSWORD/" \
  -e "s/>MCP/>$REDIS_MCP_PASSWORD/" \
  -e "s/>WEB/>$REDIS_WEB_PASSWORD/" \
  -e "s/$unknown//" -e '/^#/d' "$folder/users.acl")
$(cat "$folder/redis.conf")
masteruser admin
masterauth $REDIS_ADMIN_PASSWORD
$(printf '%s\n' "$@")
CONF
