# Goes up post by post, until it goes down.
posts = int(input())


def height(post):
    print("?", post, flush=True)
    return int(input())


best, post = height(1), 1
while post < posts:
    following = height(post + 1)
    if following < best:
        break
    best, post = following, post + 1
print("!", post, flush=True)
