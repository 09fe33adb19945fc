-- attempt.lua: counts a failed attempt to use a token, and revokes it at the limit.
-- KEYS  1 the token
-- ARGV  1 the limit (1 to 9)
-- Returns 'done' and the number of failed attempts, 0 when the token is unknown or of no use any more.
-- Keeps: parallel attempts are all counted, and a token at the limit cannot be redeemed.

local value = token(KEYS[1])
if not value or value:sub(3, 3) ~= 'v' then
  return { 'done', '0' }
end

local attempts = string.format('%.0f', tonumber(value:sub(36, 36)) + 1)
local status = tonumber(attempts) >= tonumber(ARGV[1]) and 'x' or 'v'

if not replace(KEYS[1], value:sub(1, 2) .. status .. value:sub(4, 35) .. attempts .. value:sub(37)) then
  return { 'done', '0' }
end

return { 'done', attempts }
