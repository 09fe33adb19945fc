-- close.lua: revokes or rejects one token.
-- KEYS  1 the token
-- ARGV  1 the new status, 'x' (revoked) or 'j' (rejected)
-- Returns 'done', also when the token is gone or was closed or redeemed before: then it is already of no use.
-- Keeps: a redeemed token stays redeemed, so that its replay is still recognised.

local value = token(KEYS[1])
local status = value and value:sub(3, 3)

if status == 'v' or status == 'i' then
  replace(KEYS[1], value:sub(1, 2) .. ARGV[1] .. value:sub(4))
end

return { 'done' }
