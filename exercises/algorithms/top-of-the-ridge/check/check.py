"""A friend who looks up heights. The case has the number of posts, the highest one, and how steep it is on both sides."""
import sys


def wrong(message):
    print(message, file=sys.stderr)
    sys.exit(43)


def say(text):
    try:
        print(text, flush=True)
    except BrokenPipeError:
        wrong("The program ended before it was answered.")


with open(sys.argv[1]) as case:
    posts, top, up, down = map(int, case.read().split())

say(posts)
for asked in range(41):
    words = sys.stdin.readline(100).split()
    if not words:
        wrong("The program ended before it told the top.")
    if len(words) != 2 or words[0] not in ("?", "!") or not (words[1].isascii() and words[1].isdigit()):
        wrong("A line is ? or !, a blank, and the number of a post.")
    post = int(words[1])
    if not 1 <= post <= posts:
        wrong(f"There is no post {post}.")
    if words[0] == "!":
        if post != top:
            wrong(f"Post {post} is not the highest.")
        sys.exit(wrong("It goes on after it told the top.") if sys.stdin.readline(100).strip() else 42)
    if asked == 40:
        wrong("Forty questions were not enough.")
    say(10**9 - ((top - post) * up if post <= top else (post - top) * down))
