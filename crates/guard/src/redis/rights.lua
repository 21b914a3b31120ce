-- Tries the commands that the guard's scripts use, and changes nothing that lasts a second.
-- KEYS: one key that no other script uses.
-- Answer: what INFO says about memory, or '' where it may not be asked; then the commands that the
--         user may not run, and 'keys' where the key is not open to the user.
local missing = {}

local function tried(name, ...)
  local answer = redis.pcall(name, ...)
  local words = type(answer) == 'table' and answer.err
  if not words then
    return answer
  end
  if string.find(words, 'access at least one of the keys', 1, true)
      or string.find(words, 'permissions to access', 1, true) then
    if missing[#missing] ~= 'keys' then
      table.insert(missing, 'keys')
    end
  elseif string.find(words, 'ACL failure', 1, true) or string.find(words, 'NOPERM', 1, true)
      or string.find(words, 'run this command', 1, true) then
    table.insert(missing, name)
  end
  return answer
end

-- A string first: what the others would write to it is of another type, and fails.
local set = tried('set', KEYS[1], '1', 'PX', '1000')
if #missing > 0 then
  return { '', unpack(missing) }
end
if set.err then
  return redis.error_reply(set.err)
end
tried('time')
tried('get', KEYS[1])
tried('pttl', KEYS[1])
tried('pexpire', KEYS[1], '1000')
tried('hmget', KEYS[1], 'a')
tried('hset', KEYS[1], 'a', '1')
tried('hexists', KEYS[1], 'a')
tried('hincrby', KEYS[1], 'a', '1')
tried('zadd', KEYS[1], '1', 'a')
tried('zrange', KEYS[1], '0', '0')
tried('zremrangebyscore', KEYS[1], '0', '0')
tried('zrem', KEYS[1], 'a')
tried('del', KEYS[1])

local memory = redis.pcall('info', 'memory')
if type(memory) == 'table' then
  memory = ''
end
return { memory, unpack(missing) }
