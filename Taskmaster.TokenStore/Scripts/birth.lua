-- birth.lua: says when a token was born that one SET wrote.
-- KEYS  1 the token
-- Returns 'done' and the time in us, 0 when the token is gone: then every mark is later.

local header = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
if #header < HEADER then
  return { 'done', '0' }
end

return { 'done', digits(born(KEYS[1], header)) }
