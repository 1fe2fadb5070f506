-- Run with the program and the plugin at hand:
--   NEWSLINT=target/debug/newslint nvim --headless -u editors/neovim/spec/newslint.lua
-- Ends with code 0 when everything holds. NATIVE=1 tries vim.lsp.enable (0.11) in place of setup().
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
local program = vim.fn.fnamemodify(os.getenv('NEWSLINT') or 'newslint', ':p')
vim.opt.runtimepath:prepend(here)

local function check(condition, words)
  if not condition then
    io.stderr:write('FAILED: ' .. words .. '\n')
    vim.cmd('cquit 1')
  end
  io.stdout:write('ok: ' .. words .. '\n')
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function wait_for(count, words)
  local arrived = vim.wait(20000, function()
    return #diagnostics() == count
  end, 20)
  check(arrived, words .. ' (' .. #diagnostics() .. ' diagnostics)')
end

local function run()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local speech = '“We walk four miles to the shop and four miles back, every day.”'
  local draft = folder .. '/ferry.md'
  vim.fn.writefile({
    'The ferry stopped in März and nobody has replaced it. 😀',
    '',
    speech,
    '',
    'The island has forty houses and one road.',
  }, draft)
  vim.fn.writefile({}, folder .. '/newslint.toml')

  vim.cmd('filetype on')
  if os.getenv('NATIVE') then
    vim.lsp.config('newslint', { cmd = { program, 'lsp' } })
    vim.lsp.enable('newslint')
  else
    require('newslint').setup({ cmd = { program, 'lsp' } })
  end
  vim.cmd('edit ' .. vim.fn.fnameescape(draft))
  wait_for(1, 'the draft opens with one diagnostic')
  local first = diagnostics()[1]
  check(first.source == 'newslint', 'it is newslint’s')
  check(first.code == 'quotes/unattributed', 'its code is ' .. tostring(first.code))
  check(first.lnum == 2, 'it stands in the third line')
  local words = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]:sub(first.col + 1, first.end_col)
  check(words:find('We walk', 1, true) ~= nil, 'it stands at its words: ' .. words)

  -- Typed behind letters of several bytes: a position that is counted wrongly would garble the text.
  vim.api.nvim_buf_set_text(0, 2, #speech, 2, #speech, { ' Ines Lindqvist said.' })
  wait_for(0, 'the diagnostic goes when somebody speaks')
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { speech })
  wait_for(1, 'and comes back')

  vim.fn.writefile({ '[severity]', '"quotes/unattributed" = "off"' }, folder .. '/newslint.toml')
  wait_for(0, 'a change of newslint.toml on disk is seen')
  vim.fn.writefile({}, folder .. '/newslint.toml')
  wait_for(1, 'and its undoing')

  local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = 2, character = 5 },
  }, 5000)
  local _, answer = next(answers or {})
  check(answer and answer.result and answer.result.contents.value:find('quotes/unattributed', 1, true), 'hover shows the page')

  -- The reference: a facts file, an earlier story in a dump, and one in a file of its own.
  vim.fn.mkdir(folder .. '/archive', 'p')
  vim.fn.writefile({
    vim.fn.json_encode({
      headline = 'Ferry to stay ashore',
      text = '“We have no money for the ferry, and we will have none before the spring,” Ines Lindqvist said.',
      date = '2026-02-04',
      outlet = 'The Sound',
      id = 'f1',
    }),
  }, folder .. '/archive/feed.jsonl')
  vim.fn.writefile({ '[[person]]', 'name = "Jon Ahlm"', 'wrong = ["John Ahlm"]' }, folder .. '/facts.toml')
  local settings = { '[corpus]', 'facts = ["facts.toml"]', 'archive = ["archive/*"]' }
  vim.fn.writefile(settings, folder .. '/newslint.toml')
  vim.cmd('enew!')
  local second = folder .. '/money.md'
  vim.fn.writefile({
    '---',
    'date: 2026-02-05',
    '---',
    '',
    'Ö: “We have no money for the ferry, and we will have some before the spring,” Ines Lindqvist told mayor John Ahlm.',
  }, second)
  vim.cmd('edit ' .. vim.fn.fnameescape(second))
  wait_for(2, 'the facts file and the story taken in just now are the reference')
  answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = 4, character = 10 },
  }, 5000)
  _, answer = next(answers or {})
  check(answer and answer.result and answer.result.contents.value:find('Printed before: Ines Lindqvist', 1, true), 'hover says what was printed before')
  vim.api.nvim_win_set_cursor(0, { 5, 10 })
  require('newslint').evidence()
  local opened = vim.api.nvim_buf_get_name(0)
  check(opened:find('2026-02-04 Ferry to stay ashore.txt', 1, true) ~= nil, 'a link opens the story: ' .. opened)
  local at = vim.api.nvim_win_get_cursor(0)
  local there = vim.api.nvim_get_current_line():sub(at[2] + 1)
  check(there:find('^have none before') ~= nil, 'at its words: ' .. there)
  check(vim.bo.readonly, 'which nobody changes')
  vim.cmd('lnext')
  check(vim.api.nvim_buf_get_name(0):find('facts.toml', 1, true) ~= nil, 'and the facts file')
  vim.cmd('qall!')
end

vim.schedule(function()
  local fine, why = pcall(run)
  check(fine, fine and 'done' or tostring(why))
end)
