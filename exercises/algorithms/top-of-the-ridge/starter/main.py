posts = int(input())


def height(post):
    print("?", post, flush=True)
    return int(input())


print("!", 1, flush=True)
